import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as english, translations } from '@zxcvbn-ts/language-en';

export interface ScoringTask {
  password: string;
  /** What an attacker would try first for this user: names, addresses. */
  about: readonly string[];
}

export interface Scoring {
  /** 0 (guessed at once) to 4. */
  score: number;
  /** What makes it guessable and how to do better, in English. */
  advice: string;
}

const zxcvbn = new ZxcvbnFactory({ dictionary: { ...common, ...english }, graphs: adjacencyGraphs, translations });

/** Runs in a thread of its own: it takes milliseconds as a rule, and up to half a second. */
export default function scorePassword({ password, about }: ScoringTask): Scoring {
  const { score, feedback } = zxcvbn.check(password, [...about]);
  return { score, advice: [feedback.warning, ...feedback.suggestions].filter(Boolean).join(' ') };
}
