export { anyCaller, startTestService } from './test-service.ts';
export type { TestService, TestServiceOptions } from './test-service.ts';
export { startTestBus, testPassword } from './test-bus.ts';
export type { TestBus } from './test-bus.ts';
export { newTestDatabase } from './test-database.ts';
