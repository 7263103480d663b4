/** Rows of one transaction of a job: enough to keep up, few enough to hold nobody up. */
export const BATCH = 500;
