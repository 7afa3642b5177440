// The moment and the person that formulas and defaults in a form speak of: the reader's own clock.
const pad = (part: number) => String(part).padStart(2, '0')

/** YYYY-MM-DD where the reader is. */
export function today(now: Date = new Date()): string {
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`
}

export const momentOf = (user: string, now: Date = new Date()) => ({ today: today(now), now: now.toISOString(), user })
