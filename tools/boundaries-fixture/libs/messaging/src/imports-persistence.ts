import { BaseEntity } from '@valetkey/persistence'; // breaks @nx/enforce-module-boundaries

export const wrong = BaseEntity;
