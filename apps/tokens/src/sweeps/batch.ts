/** Rows of one transaction: enough to keep up, few enough to hold nobody up. */
export const BATCH = 500;
