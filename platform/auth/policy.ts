// How strict signing in is. Defaults follow GB/T 22239-2019 level 3 (8.1.4.1 identity, 8.1.4.2 access).

export interface AuthPolicy {
  readonly password: {
    readonly length: number
    /** Of lower case, upper case, digits and other signs. */
    readonly classes: number
    /** So many former passwords may not come back. */
    readonly history: number
    /** Days until it must be changed; 0 = never. */
    readonly days: number
  }
  /** So many failures of one login from one address within the minutes lock that pair for the minutes. */
  readonly lockout: { readonly failures: number; readonly minutes: number }
  /** From all addresses together: a distributed attack slows the account down, far above what its owner mistypes. */
  readonly loginFailuresPerHour: number
  readonly idleMinutes: number
  readonly administratorIdleMinutes: number
  /** However busy, a session ends then. */
  readonly absoluteHours: number
  /** Sessions of one user at a time; the one unused longest gives way. */
  readonly sessions: number
  readonly tokenDays: number
}

export const defaultPolicy: AuthPolicy = {
  password: { length: 10, classes: 3, history: 5, days: 90 },
  lockout: { failures: 5, minutes: 15 },
  loginFailuresPerHour: 60,
  idleMinutes: 30,
  administratorIdleMinutes: 15,
  absoluteHours: 12,
  sessions: 8,
  tokenDays: 366,
}
