import { z } from 'zod';
import { en } from 'zod/locales';

export const right = [z, en];
