import { BARE_PG } from '../harness/contender-name.ts';
import { compared } from '../harness/figures.ts';
import { httpRacer, type Plan } from '../harness/http-racer.ts';
import { measureInTurn } from '../harness/rounds.ts';
import type { Scenario } from '../harness/scenario.ts';
import { startBarePg } from '../peers/bare-pg/bare-pg.ts';
import { startRedemption } from '../platform/redemption.ts';

const LOGIN_TOKENS = 500;
const ROUNDS = 5;
const PLAN: Plan = { connections: 32, warmUpSeconds: 4, seconds: 5, once: false };
const BARS = [{ id: 'S6.barePg', what: 'redeeming permanent login tokens over HTTP', peer: BARE_PG, bar: 0.25 }];

/** S6: relay and audit run meanwhile, as they do in production. */
export const redemption: Scenario = async (bench) => {
  const peer = await startBarePg(bench, LOGIN_TOKENS, PLAN);
  const ours = bench.platform && (await startRedemption(bench.platform, bench.folder, LOGIN_TOKENS));
  const racers = ours ? [httpRacer(ours, bench.generator, PLAN), peer] : [peer];
  return compared('S6', await measureInTurn(racers, ROUNDS), BARS);
};
