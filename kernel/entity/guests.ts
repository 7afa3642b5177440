// Guests: what outside parties — client, supervisor, subcontractor, supplier, expert — may be invited to do with a record.
import type { Fields } from './field.ts'
import type { Label } from './value.ts'

export interface Guests {
  /**
   * Fields that may be shown to a guest: `amount`, `lines.qty`. An inviter gives those of them that he sees himself; what is not
   * named here nobody outside ever sees. Number and state always stand on it.
   */
  readonly shows: readonly string[]
  /** Reference to the other side, and its fields that say whom to write to. */
  readonly party?: {
    readonly field: string
    readonly contact?: string
    readonly mail?: string
    readonly phone?: string
  }
  /** A guest may confirm what he sees, or refuse it with a reason. */
  readonly confirm?: {
    /** What the confirmation says: "quantities confirmed". */
    readonly label: Label
    /** Action that an organisation may let wait for a confirmation of the record as it then is: `submit`. */
    readonly before?: string
    /** Records of which it is asked (FEEL). */
    readonly when?: string
  }
  /** A guest may be asked for an answer; a hook of the module on `guest_answer` takes it over. */
  readonly answer?: GuestQuestion
  /** Days an invitation may last at most, whatever the organisation allows. */
  readonly days?: number
}

export interface GuestQuestion {
  readonly label: Label
  /** Only who may do this verb now may ask, and only while its condition holds. */
  readonly verb: string
  readonly fields: Fields
  /** Asked of every line of the field `of`; an answer starts with what the line's field of the same name holds. */
  readonly lines?: { readonly of: string; readonly fields: Fields }
}

/** The function that lets somebody invite guests to a record. */
export const inviting = 'invite'
