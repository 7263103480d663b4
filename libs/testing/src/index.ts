export { anyCaller } from './any-caller.ts';
export { anyContext } from './any-context.ts';
export { startTestService } from './test-service.ts';
export type { TestService, TestServiceOptions } from './test-service.ts';
export { startTestBus, testPassword } from './test-bus.ts';
export type { TestBus } from './test-bus.ts';
export { newTestDatabase } from './test-database.ts';
