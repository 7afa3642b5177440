// How much of a foreign file a reader takes: hostile input ends in a clear error, in bounded time and memory.

export interface ReadLimits {
  /** Bytes of the file itself. */
  bytes: number
  /** Bytes after decompression (zip). */
  inflatedBytes: number
  /** Tasks, links, resources, assignments, calendar exceptions… together. */
  records: number
  tasks: number
  /** Exceptions and work weeks of one calendar. */
  exceptions: number
  /** Nesting of elements or parentheses. */
  depth: number
  /** Characters of one field. */
  fieldLength: number
}

export const defaultLimits: ReadLimits = {
  bytes: 256 * 1024 * 1024,
  inflatedBytes: 1024 * 1024 * 1024,
  records: 2_000_000,
  tasks: 200_000,
  exceptions: 20_000,
  depth: 64,
  fieldLength: 16 * 1024 * 1024,
}

export interface ReadOptions {
  limits?: Partial<ReadLimits>
  signal?: AbortSignal
}

/** Why a file was refused; the interface words it from `code` and `values`. */
export interface FormatError {
  code: string
  values: Readonly<Record<string, string | number>>
}

/** Thrown inside readers only and turned into a value at their door. */
export class Refused extends Error {
  readonly refusal: FormatError
  constructor(code: string, values: FormatError['values'] = {}) {
    super(code)
    this.refusal = { code, values }
  }
}

/** Refuses a calendar that no one keeps. */
export function refuseEndless(
  calendar: { exceptions: readonly unknown[]; workWeeks: readonly unknown[] },
  limits: ReadLimits,
): void {
  if (calendar.exceptions.length + calendar.workWeeks.length > limits.exceptions)
    throw new Refused('format.too_many', { what: 'exceptions', limit: limits.exceptions })
}

/** Counts towards a limit and refuses beyond it. */
export function allowance(limits: ReadLimits): (what: 'records' | 'tasks', n?: number) => void {
  const used = { records: 0, tasks: 0 }
  return (what, n = 1) => {
    used[what] += n
    if (used[what] > limits[what]) throw new Refused('format.too_many', { what, limit: limits[what] })
  }
}
