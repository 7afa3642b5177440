// PostgreSQL's errors, told as refusals where the writer can do something about them.

/** SQLSTATE of an error thrown by the driver. */
export function errorCode(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' ? code : null
}

/** Constraint or index that was violated. */
export function constraintOf(error: unknown): string | null {
  const name = error instanceof Error && 'constraint' in error ? error.constraint : null
  return typeof name === 'string' ? name : null
}

/** What `yingzao.refuse` says with its code. */
export function detailOf(error: unknown): Record<string, string> {
  const text = error instanceof Error && 'detail' in error ? error.detail : null
  const detail: unknown = typeof text === 'string' ? JSON.parse(text) : {}
  return Object.fromEntries(Object.entries(detail ?? {}).map(([name, value]) => [name, String(value)]))
}

/** Deadlock or serialisation failure: the transaction did nothing and may be tried again. */
export const isRetryable = (error: unknown): boolean => ['40P01', '40001'].includes(errorCode(error) ?? '')
