// Who else looks at the plan: their colours and initials, and which cells they are at.
import type { Theme } from './theme.ts'

export interface Presence {
  /** Tells people apart, also those without a readable name. */
  key: string
  name: string
  /** CSS colour. */
  color: string
  /** The task this person is at, and the column; absent while only looking. */
  task?: string
  column?: string
}

/** A person at a task. */
export interface PersonAt {
  name: string
  color: string
  column: string | undefined
}

export type PlacesOfPeople = ReadonlyMap<string, readonly PersonAt[]>

export function placesOf(people: readonly Presence[]): PlacesOfPeople {
  const places = new Map<string, PersonAt[]>()
  for (const { task, name, color, column } of people) {
    if (task === undefined) continue
    const here = places.get(task)
    if (here) here.push({ name, color, column })
    else places.set(task, [{ name, color, column }])
  }
  return places
}

/** Calm, apart from each other and from the red of the critical path; white (dark theme: black) reads on each of them. */
const colours: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#0e7490', '#7c3aed', '#a16207', '#be185d', '#15803d', '#1d4ed8', '#4d7c0f', '#86198f'],
  dark: ['#67c7dd', '#b79cf5', '#e0b050', '#f092b8', '#72c98c', '#8cb0f8', '#b3cf63', '#dc8fe0'],
}

/** The same colour for the same person at everybody's screen. */
export function personColour(key: string, theme: Theme): string {
  let hash = 0
  for (const letter of key) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0
  const list = colours[theme]
  return list[(hash >>> 0) % list.length]!
}

/** 王建国 → 建国, Li Siyu → LS: as people are called in each language. */
export function initialsOf(name: string): string {
  const letters = [...name.trim()]
  if (/\p{Script=Han}/u.test(name)) return letters.length > 2 ? letters.slice(-2).join('') : letters.join('')
  const words = name.trim().split(/\s+/)
  return words
    .slice(0, 2)
    .map(word => ([...word][0] ?? '').toUpperCase())
    .join('')
}
