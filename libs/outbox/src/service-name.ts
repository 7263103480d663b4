/** Injects the name of the service whose outbox it is. */
export const SERVICE_NAME = Symbol('valetkey:outbox-service');
