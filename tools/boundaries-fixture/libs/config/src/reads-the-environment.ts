export const right = process.env;
