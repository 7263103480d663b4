export { describeAccess } from './describe-access.ts';
export { openApiDocument } from './document.ts';
export { type Operation, operations } from './operation.ts';
export { refusalsOf } from './refusals.ts';
