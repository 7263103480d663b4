import { extname } from 'node:path';
import { normalForm } from '@valetkey/credentials/passwords';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Piscina } from 'piscina';
import type { Scoring, ScoringTask } from './score-password.worker.ts';

const LEAST_SCORE = 3;
/** Scoring takes longer than in proportion to the length; who has this many good characters has a good password. */
const SCORED_CHARACTERS = 64;
const IDLE_MS = 60_000;

/** `.ts` in tests, `.js` once built. */
const WORKER = new URL(`./score-password.worker${extname(import.meta.url)}`, import.meta.url).href;

/** Scoring makes much garbage. Unbounded it is let grow to 250 MB, bounded it takes 100 MB and no longer. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16 };

/** Judges passwords with zxcvbn, in a thread that has its dictionaries and ends after a minute idle. */
@Injectable()
export class PasswordStrength implements OnModuleDestroy {
  private readonly workers = new Piscina<ScoringTask, Scoring>({
    filename: WORKER,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    resourceLimits: RESOURCE_LIMITS,
  });

  /** Why a password is too easy to guess, to be said to the user; nothing when it is good. */
  async weaknessOf(password: string, about: readonly string[]): Promise<string | undefined> {
    const scored = Array.from(normalForm(password)).slice(0, SCORED_CHARACTERS).join('');
    const { score, advice } = await this.workers.run({ password: scored, about: wordsOf(about) });
    return score < LEAST_SCORE ? advice : undefined;
  }

  async onModuleDestroy(): Promise<void> {
    await this.workers.destroy();
  }
}

const SEPARATORS = /[^\p{L}\p{N}]+/u;

/** Names and addresses as they are, by their parts, and written in one. */
function wordsOf(about: readonly string[]): string[] {
  const whole = about.flatMap((text) => [text, ...text.split('@')]).map((text) => normalForm(text).toLowerCase());
  const words = whole.flatMap((text) => [text, ...text.split(SEPARATORS), text.split(SEPARATORS).join('')]);
  return [...new Set(words)].filter((word) => word.length > 2);
}
