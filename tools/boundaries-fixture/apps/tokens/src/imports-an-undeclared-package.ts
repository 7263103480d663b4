import { parse } from 'acorn'; // breaks @nx/enforce-module-boundaries

export const wrong = parse;
