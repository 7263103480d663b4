import pc from 'picocolors';

const WIDTH = 34;

/** Does one step of the start, and prints how long it took. */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const line = (mark: string) => {
    const seconds = ((performance.now() - began) / 1000).toFixed(2);
    process.stdout.write(`${mark} ${name.padEnd(WIDTH)}${pc.dim(`${seconds} s`)}\n`);
  };
  try {
    const result = await work();
    line(pc.green('✔'));
    return result;
  } catch (error) {
    line(pc.red('✖'));
    throw error;
  }
}
