import { Bus } from '@valetkey/messaging'; // breaks @nx/enforce-module-boundaries

export const wrong = Bus;
