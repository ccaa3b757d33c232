// How often a waiting page asks: quickly while the two stand together, slowly when it takes longer.

export const PACE = { quick: 2000, slow: 10000, patience: 180000, turn: 700 }

/** Milliseconds until the next look, after so many milliseconds of waiting. */
export function pause(waited) {
  return waited < PACE.patience ? PACE.quick : PACE.slow
}
