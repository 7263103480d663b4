/** Injects the configuration. */
export const DEVICES_CONFIG = Symbol('example-devices:config');
