// Structured logs: one JSON object a line, on stderr, so that stdout stays free for `--json` answers.
import { randomUUID } from 'node:crypto'
import { type Logger, pino } from 'pino'

/** What a part of the runtime needs of a log; every pino logger is one. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Header values and fields that never reach a log file. */
const SECRETS = [
  'req.headers.authorization',
  'req.headers.cookie',
  'res.headers["set-cookie"]',
  'password',
  '*.password',
  'token',
  '*.token',
]

export function createLog(level: LogLevel): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths: SECRETS, censor: '***' } },
    pino.destination({ dest: 2, sync: true }),
  )
}

/** A log that says nothing: for tests and for commands that talk to a person instead. */
export const silentLog: Log = pino({ level: 'silent' })

/** The id of a request in every log line and answer: the caller's `x-request-id` when it is harmless, else a new one. */
export const requestId = (given: unknown): string =>
  typeof given === 'string' && /^[\w.:-]{8,64}$/.test(given) ? given : randomUUID()
