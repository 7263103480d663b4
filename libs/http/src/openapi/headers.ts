import { z } from 'zod';

/** Response headers by their names, with what stands in them: each time, or in some of the answers. */
export function headersOf(descriptions: Readonly<Record<string, string>>, { always = true } = {}): z.ZodObject {
  const value = always ? z.string() : z.string().optional();
  const headers = Object.entries(descriptions).map(([name, description]) => {
    return [name, value.meta({ header: { description } })] as const;
  });
  return z.object(Object.fromEntries(headers));
}
