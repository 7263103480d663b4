import { hashSecret } from '@valetkey/credentials'; // breaks @nx/enforce-module-boundaries

export const wrong = hashSecret;
