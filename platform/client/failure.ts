// What the client throws when the server says no: a Problem (RFC 9457) as an Error, or a value for those who prefer one.
import type { Problem } from '@yingzao/kernel/entity'

/** `failure.problem.detail` tells the reader the next step in their language; `failure.code` is stable. */
export class Failure extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail || problem.title)
    this.name = 'Failure'
    this.problem = problem
  }
  get code(): string {
    return this.problem.code
  }
  get status(): number {
    return this.problem.status
  }
}

export const isFailure = (error: unknown): error is Failure => error instanceof Failure

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }

/** Turns a refusal into a value: `const saved = await settle(client.entity(sheet).patch(…))`. Bugs still throw. */
export async function settle<T>(work: Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work }
  } catch (error) {
    if (isFailure(error)) return { ok: false, problem: error.problem }
    throw error
  }
}

/** No answer at all: the server is away or the network is. */
export const offline = (cause: unknown): Failure =>
  new Failure({
    type: 'about:blank',
    title: 'Offline',
    status: 0,
    detail: '连不上服务器，请检查网络后重试 | The server cannot be reached: check the network and try again',
    code: 'client.offline',
    values: { cause: reasonOf(cause) },
    request_id: '',
  })

/** "fetch failed (ECONNRESET)": what happened to the connection stands in the cause of the error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code: unknown = error.cause instanceof Error ? Reflect.get(error.cause, 'code') : undefined
  return typeof code === 'string' ? `${error.message} (${code})` : error.message
}
