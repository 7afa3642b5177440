// Reads `.sm` (PSPLIB, single mode) and `.rcp` (Patterson) texts into a levelling problem.
import { buildProblem, type Problem, type ProblemError } from '@yingzao/engines/levelling'

export type InstanceError =
  | { code: 'instance.unknown_format' }
  | { code: 'instance.missing_section'; section: string }
  | { code: 'instance.not_a_number'; line: number; text: string }
  | { code: 'instance.incomplete'; line: number }
  | { code: 'instance.multi_mode'; job: number }
  | { code: 'instance.nonrenewable' }
  | { code: 'instance.too_large'; jobs: number }
  | ProblemError

export type InstanceReading = { ok: true; format: 'sm' | 'rcp'; problem: Problem } | { ok: false; error: InstanceError }

/** More than any published instance; what is larger is no instance file. */
const MOST_JOBS = 100_000
const MOST_RESOURCES = 1_000

/**
 * An instance from its text; jobs keep the file's order, dummies included. The format is recognised by its content.
 * Errors name the line, or the job, that is at fault.
 */
export function readInstance(text: string): InstanceReading {
  if (/^\s*PRECEDENCE RELATIONS\s*:/m.test(text)) return readPsplib(text)
  if (/^[\s\d]+$/.test(text) && /\d/.test(text)) return readPatterson(text)
  return refused({ code: 'instance.unknown_format' })
}

const refused = (error: InstanceError): InstanceReading => ({ ok: false, error })

interface Line {
  readonly number: number
  readonly text: string
}

/** Lines after the one that names the section, up to the next ruler of asterisks. */
function section(lines: readonly Line[], name: RegExp): readonly Line[] | undefined {
  const at = lines.findIndex(line => name.test(line.text))
  if (at < 0) return undefined
  const rest = lines.slice(at + 1)
  const end = rest.findIndex(line => line.text.startsWith('***'))
  return (end < 0 ? rest : rest.slice(0, end)).filter(line => /\d/.test(line.text) && /^\s*\d/.test(line.text))
}

function numbers(line: Line): readonly number[] | InstanceError {
  const found: number[] = []
  for (const word of line.text.trim().split(/\s+/)) {
    const value = Number(word)
    if (!Number.isInteger(value)) return { code: 'instance.not_a_number', line: line.number, text: word.slice(0, 40) }
    found.push(value)
  }
  return found
}

const isError = (value: readonly number[] | InstanceError): value is InstanceError => 'code' in value

function readPsplib(text: string): InstanceReading {
  const lines = text.split(/\r?\n/).map((line, i) => ({ number: i + 1, text: line }))
  const relations = section(lines, /^\s*PRECEDENCE RELATIONS/)
  const requests = section(lines, /^\s*REQUESTS\/DURATIONS/)
  const available = section(lines, /^\s*RESOURCEAVAILABILITIES/)
  if (!relations) return refused({ code: 'instance.missing_section', section: 'PRECEDENCE RELATIONS' })
  if (!requests) return refused({ code: 'instance.missing_section', section: 'REQUESTS/DURATIONS' })
  if (!available?.[0]) return refused({ code: 'instance.missing_section', section: 'RESOURCEAVAILABILITIES' })
  if (/nonrenewable\s*:\s*[1-9]/.test(text)) return refused({ code: 'instance.nonrenewable' })
  const capacity = numbers(available[0])
  if (isError(capacity)) return refused(capacity)
  const rows: number[][] = []
  for (const line of relations) {
    const row = numbers(line)
    if (isError(row)) return refused(row)
    const [job = 0, modes = 0, successors = 0] = row
    if (job !== rows.length + 1 || row.length !== 3 + successors)
      return refused({ code: 'instance.incomplete', line: line.number })
    if (modes !== 1) return refused({ code: 'instance.multi_mode', job })
    rows.push(row.slice(3).map(j => j - 1))
  }
  const duration: number[] = []
  const demand: number[][] = []
  for (const line of requests) {
    const row = numbers(line)
    if (isError(row)) return refused(row)
    if (row[0] !== duration.length + 1 || row.length !== 3 + capacity.length)
      return refused({ code: 'instance.incomplete', line: line.number })
    duration.push(row[2]!)
    demand.push(row.slice(3))
  }
  if (duration.length !== rows.length)
    return refused({ code: 'instance.missing_section', section: 'REQUESTS/DURATIONS' })
  return finished('sm', { duration, capacity, demand, successors: rows })
}

/** Numbers only: jobs, resources, capacities, then per job duration, demands, number of successors, successors. */
function readPatterson(text: string): InstanceReading {
  const values: { value: number; line: number }[] = []
  text.split(/\r?\n/).forEach((line, i) => {
    for (const word of line.split(/\s+/)) if (word) values.push({ value: Number(word), line: i + 1 })
  })
  let at = 0
  let last = 1
  const next = (): number => {
    const found = values[at++]
    if (found) last = found.line
    return found?.value ?? Number.NaN
  }
  const take = (n: number): number[] => Array.from({ length: n }, next)
  const jobs = next()
  const resources = next()
  if (!(jobs <= MOST_JOBS && resources <= MOST_RESOURCES)) return refused({ code: 'instance.too_large', jobs })
  const capacity = take(resources)
  const duration: number[] = []
  const demand: number[][] = []
  const successors: number[][] = []
  for (let i = 0; i < jobs; i++) {
    duration.push(next())
    demand.push(take(resources))
    const many = next()
    if (!(many <= jobs)) return refused({ code: 'instance.incomplete', line: last })
    successors.push(take(many).map(j => j - 1))
    if (at > values.length) return refused({ code: 'instance.incomplete', line: last })
  }
  if (at < values.length) return refused({ code: 'instance.incomplete', line: values[at]!.line })
  return finished('rcp', { duration, capacity, demand, successors })
}

function finished(format: 'sm' | 'rcp', input: Parameters<typeof buildProblem>[0]): InstanceReading {
  const outcome = buildProblem(input)
  return outcome.ok ? { ok: true, format, problem: outcome.problem } : refused(outcome.error)
}
