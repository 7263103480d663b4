/** One promise on speed and whether it holds: a row of `results.json`. */
export interface Bar {
  /** e.g. `S1.verifyApiKey` */
  id: string;
  what: string;
  value: number;
  /** `×` for a ratio of ours to a peer's, else the unit of `value` and `bar`. */
  unit: string;
  bar: number;
  holds: boolean;
}

type Promised = Omit<Bar, 'holds'>;

export const atLeast = (row: Promised): Bar => ({ ...row, holds: row.value >= row.bar });

export const atMost = (row: Promised): Bar => ({ ...row, holds: row.value <= row.bar });
