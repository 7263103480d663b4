export { normalForm } from './normal-form.ts';
export { hashPassword, isOutdated, isPassword } from './password-hash.ts';
