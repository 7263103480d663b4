import { atMost } from '../../harness/bar.ts';
import type { Figure, Outcome } from '../../harness/scenario.ts';
import { median } from '../../harness/statistics.ts';
import type { Views } from './open-tenants.ts';
import { type Page, pages } from './pages.ts';
import { type Asked, timeInTurn } from './time-in-turn.ts';

const ROWS = 25;
const TIMES = 200;
const BAR = 1.3;

/** Each page in the small account and in the large one, by turns. */
export async function measurePages(small: Views, large: Views): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const role of ['owner', 'groupManager'] as const) {
    for (const [name, page] of Object.entries(pages[role])) {
      const asked = [small[role], large[role]].map((view) => turning(view, page));
      const [one, other] = (await timeInTurn(asked, TIMES)).map(median);
      outcomes.push(compare(`${role}.${name}`, one ?? NaN, other ?? NaN));
    }
  }
  return { figures: outcomes.flatMap(({ figures }) => figures), bars: outcomes.flatMap(({ bars }) => bars) };
}

/** A page that is not full was read from the wrong place. */
function turning({ read, places }: Views[keyof Views], page: Page): Asked {
  const path = page(places);
  return async () => {
    const { items } = await read(path);
    if (items.length !== ROWS) throw new Error(`${path} has ${items.length} rows`);
  };
}

function compare(id: string, small: number, large: number): Outcome {
  const figure = (size: string, value: number): Figure => ({
    scenario: 'S8',
    name: `${id}, ${size}`,
    value,
    unit: 'ms',
  });
  const what = `an account of 100,000 against one of 1,000: ${id}, p50`;
  return {
    figures: [figure('1,000', small), figure('100,000', large)],
    bars: [atMost({ id: `S8.${id}`, what, value: large / small, unit: '×', bar: BAR })],
  };
}
