import { z } from 'zod';

/** Response headers by their names, with what stands in them. */
export function headersOf(descriptions: Readonly<Record<string, string>>): z.ZodObject {
  const headers = Object.entries(descriptions).map(([name, description]) => {
    return [name, z.string().meta({ header: { description } })] as const;
  });
  return z.object(Object.fromEntries(headers));
}
