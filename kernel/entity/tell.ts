// Tell: whom a record tells that it came to concern him, and in which words. The platform makes messages of it.
import type { Label } from './value.ts'

export interface Tell {
  /** What it is about, where people choose how they want to be told: "a warning that I must act on". */
  readonly label: Label
  /** Fields that name people (`user`, or `multi_ref` to it): whoever comes to stand in one is told. */
  readonly to: string
  /** FEEL over the record: told while it is true, and everybody named when it becomes true. */
  readonly when?: string
  /**
   * `{field}` is replaced by the value as its reader may see it, now: what is hidden from him stays hidden. `{title}` is the
   * record's own name.
   */
  readonly text: Label
  /** Waits for no digest and no morning. */
  readonly urgent?: boolean
  /** Unread after so many working hours, the superior is told, and after as many more his; urgently, and whose it was. */
  readonly escalate?: { readonly hours: number }
}

/**
 * News that records of many kinds have alike — a document waits for approval, somebody wrote a comment — told by whoever makes
 * it happen, not by a field. `{title}` is the record's name, `{kind}` what it is, `{amount}` its amount where it has one that
 * the reader may see, ready to follow a text.
 */
export interface CommonTell extends Pick<Tell, 'label' | 'text' | 'urgent'> {
  /** What belongs together where people choose how they want to be told. */
  readonly about: Label
}

/** The fields a text names. */
export const fieldsTold = ({ text }: Pick<Tell, 'text'>): readonly string[] => [
  ...new Set([...`${text.zh} ${text.en}`.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => (name ? [name] : []))),
]
