import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as english, translations } from '@zxcvbn-ts/language-en';
import { dictionary as portuguese } from '@zxcvbn-ts/language-pt-br';

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

/** Of the languages that we write to users in. */
const dictionary = { ...common, ...english, ...portuguese };

/** The library speaks of “page related data” there. */
const warnings = { ...translations.warnings, userInputs: 'Your own name or address is tried first.' };

const zxcvbn = new ZxcvbnFactory({
  dictionary,
  graphs: adjacencyGraphs,
  translations: { ...translations, warnings },
});

/** Runs in a thread of its own: it takes milliseconds as a rule, and up to half a second. */
export default function scorePassword({ password, about }: ScoringTask): Scoring {
  const { score, feedback } = zxcvbn.check(password, [...about]);
  return { score, advice: [feedback.warning, ...feedback.suggestions].filter(Boolean).join(' ') };
}
