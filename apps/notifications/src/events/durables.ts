/** As the platform's set-up makes them: each follows one kind of events, so that none waits for another. */
export const DURABLES = [
  'notifications-access-key',
  'notifications-account',
  'notifications-expiring',
  'notifications-invitation',
  'notifications-membership',
  'notifications-user',
] as const;
