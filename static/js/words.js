// Pure helpers for texts that come from the page: "{percent} percent sent" and the like.

/** Fill {name} in a sentence of the page. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole))
}

/** The share of an upload as whole percents, 0 to 100; 0 when the total is not known. */
export function percent(sent, total) {
  return total > 0 ? Math.min(100, Math.max(0, Math.floor((sent / total) * 100))) : 0
}

/** Whether a screen reader should hear this share: at each quarter passed since the one it heard last. */
export function isWorthSaying(share, heard) {
  return Math.floor(share / 25) > Math.floor(heard / 25)
}

/** What a code's clock says with so many seconds left: [which sentence, number], minutes rounded up. */
export function remaining(seconds) {
  if (seconds <= 0) return ['over', 0]
  return seconds > 60 ? ['minutes', Math.ceil(seconds / 60)] : ['seconds', Math.ceil(seconds)]
}

/** Whether the clock speaks at this second: every ten in the last minute, and at the end. */
export function isSpoken(seconds) {
  return seconds <= 60 && seconds >= 0 && seconds % 10 === 0
}
