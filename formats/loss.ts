// What a reader or writer could not carry over: every such thing is named, counted and shown once.

/**
 * - `field`: a filled field that the plan model has no place for
 * - `value`: a value that could not be understood and was left out
 * - `rounded`: a time finer than the minute
 * - `reference`: something pointing at nothing in the file
 * - `row`: a blank or deleted row
 * - `structure`: a nested part (timephased values, a recurring pattern…) that was left out or written out in full
 * - `bytes`: characters that are illegal in the format and were replaced
 * - `target`: something the written format cannot say
 */
export type LossCode = 'field' | 'value' | 'rounded' | 'reference' | 'row' | 'structure' | 'bytes' | 'target'

export interface Loss {
  code: LossCode
  /** Where, in the words of the file: `Task/Hyperlink`, `TASK.guid`. */
  path: string
  count: number
  example?: string
}

/** Collects losses of one file; equal code and path are counted together, the first example is kept. */
export interface LossLog {
  add(code: LossCode, path: string, example?: string): void
  list(): Loss[]
}

const exampleLength = 120

export function lossLog(): LossLog {
  const seen = new Map<string, Loss>()
  return {
    add(code, path, example) {
      const key = `${code} ${path}`
      const known = seen.get(key)
      if (known) {
        known.count++
        return
      }
      const loss: Loss = { code, path, count: 1 }
      if (example !== undefined && example !== '') loss.example = example.slice(0, exampleLength)
      seen.set(key, loss)
    },
    list: () => [...seen.values()],
  }
}
