import { BARE, GET_SESSION, OIDC_PROVIDER, VERIFY_API_KEY } from '../harness/contender-name.ts';
import { compared } from '../harness/figures.ts';
import { httpRacer, type Plan } from '../harness/http-racer.ts';
import { measureInTurn } from '../harness/rounds.ts';
import type { Scenario } from '../harness/scenario.ts';
import { exampleAnswer } from '../peers/example-answer.ts';
import { startWarmPeers } from '../peers/warm-peers.ts';
import { startIntrospection } from '../platform/introspection.ts';

const TOKENS = 10_000;
const ROUNDS = 5;
const PLAN: Plan = { connections: 32, warmUpSeconds: 4, seconds: 5, once: false };

const WHAT = 'warm introspection';
const BARS = [
  { id: 'S1.bare', what: WHAT, peer: BARE, bar: 0.5 },
  { id: 'S1.verifyApiKey', what: WHAT, peer: VERIFY_API_KEY, bar: 8 },
  { id: 'S1.getSession', what: WHAT, peer: GET_SESSION, bar: 4 },
  { id: 'S1.oidcProvider', what: WHAT, peer: OIDC_PROVIDER, bar: 2 },
];

/** S1: tokens that were asked for before, one gateway process. */
export const warmIntrospection: Scenario = async (bench) => {
  const ours = bench.platform && (await startIntrospection(bench.platform, bench.folder, TOKENS));
  const peers = await startWarmPeers(bench, { tokens: TOKENS, answer: ours?.answer ?? exampleAnswer });
  const racers = (ours ? [ours, ...peers] : peers).map((each) => httpRacer(each, bench.generator, PLAN));
  return compared('S1', await measureInTurn(racers, ROUNDS), BARS);
};
