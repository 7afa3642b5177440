// Where a project stands and where it will end in money: variances, indices and every estimate at completion (domain rule 4).
import { type Decimal, Exact, exact, quotient, r2, subtract, toDecimal } from '../money/index.ts'

/** Cumulative amounts at the status date, in the plan's currency. */
export interface Amounts {
  /** Budget at completion. */
  bac: Decimal
  /** Planned, earned, actual. */
  pv: Decimal
  ev: Decimal
  ac: Decimal
}

/** How the work left is expected to cost. */
export type CostMethod =
  /** As budgeted: AC + (BAC − EV). */
  | 'budget'
  /** As efficient as so far: BAC ÷ CPI. */
  | 'cpi'
  /** With the haste of catching up: AC + (BAC − EV) ÷ (CPI · SPI). */
  | 'cpi_spi'
  /** AC + (BAC − EV) ÷ (.8 CPI + .2 SPI). */
  | 'weighted'
  /** As efficient as in the last three periods. */
  | 'recent'
  /** Smoothed over the periods. */
  | 'smoothed'
  /** AC + a new estimate of what is left. */
  | 'bottom_up'

/** Amounts in fen; indices to four places; `null` where a divisor is zero (shown "—"). */
export interface Performance {
  cv: Decimal
  sv: Decimal
  cpi: Decimal | null
  spi: Decimal | null
  /** Fractions of the budget. */
  complete: Decimal | null
  spent: Decimal | null
  eac: Readonly<Record<CostMethod, Decimal | null>>
  /** Of the CPI estimate. */
  etc: Decimal | null
  vac: Decimal | null
  /** Efficiency that the rest needs to end at the budget, or at the CPI estimate; null when nothing is left to spend. */
  tcpi: Decimal | null
  tcpiToEac: Decimal | null
}

export interface CostHistory {
  /** Cumulative amounts of earlier periods, oldest first, the status date last. */
  periods?: readonly { ev: Decimal; ac: Decimal }[]
  /** Weight of the newest period in the smoothed estimate, 0–1. */
  beta?: number
  /** New estimate of the work left. */
  bottomUp?: Decimal
}

const index = (above: Exact, below: Exact): Decimal | null =>
  below.isZero() ? null : toDecimal(quotient(above, below, 4), 4)
const amount = (above: Exact, below: Exact): Exact | null => (below.isZero() ? null : quotient(above, below, 2))
const money = (value: Exact | null): Decimal | null => (value === null ? null : toDecimal(value, 2))

/** All figures of one status date. Indices are kept unrounded inside the estimates. */
export function performance({ bac, pv, ev, ac }: Amounts, history: CostHistory = {}): Performance {
  const BAC = exact(bac)
  const PV = exact(pv)
  const EV = exact(ev)
  const AC = exact(ac)
  const left = BAC.minus(EV)
  const plus = (rest: Exact | null) => money(rest === null ? null : AC.plus(rest))
  // Nothing left costs nothing more, whatever the index.
  const rest = (above: Exact, below: Exact) => (left.isZero() ? new Exact(0) : amount(left.times(above), below))
  // BAC ÷ CPI = AC + (BAC − EV) · AC ÷ EV, in one division.
  const byCpi = EV.isZero() ? null : money(amount(BAC.times(AC), EV))
  const eac: Record<CostMethod, Decimal | null> = {
    budget: plus(left),
    cpi: byCpi,
    cpi_spi: plus(rest(AC.times(PV), EV.times(EV))),
    weighted: plus(rest(AC.times(PV), EV.times(PV.times('0.8').plus(AC.times('0.2'))))),
    recent: plus(recent(history, left)),
    smoothed: plus(smoothed(history, left)),
    bottom_up: history.bottomUp === undefined ? null : plus(exact(history.bottomUp)),
  }
  const toSpend = BAC.minus(AC)
  const toSpendEac = byCpi === null ? new Exact(0) : exact(byCpi).minus(AC)
  return {
    cv: r2(subtract(ev, ac)),
    sv: r2(subtract(ev, pv)),
    cpi: index(EV, AC),
    spi: index(EV, PV),
    complete: index(EV, BAC),
    spent: index(AC, BAC),
    eac,
    etc: byCpi === null ? null : subtract(byCpi, r2(ac)),
    vac: byCpi === null ? null : subtract(r2(bac), byCpi),
    tcpi: toSpend.greaterThan(0) ? index(left, toSpend) : null,
    tcpiToEac: toSpendEac.greaterThan(0) ? index(left, toSpendEac) : null,
  }
}

/** Cost per earned unit of the last three periods. */
function recent({ periods = [] }: CostHistory, left: Exact): Exact | null {
  const last = periods.at(-1)
  if (!last) return null
  const before = periods.at(-4)
  const ev = exact(last.ev).minus(before ? exact(before.ev) : 0)
  const ac = exact(last.ac).minus(before ? exact(before.ac) : 0)
  return left.isZero() ? new Exact(0) : amount(left.times(ac), ev)
}

/** Exponential smoothing of the periods' earned value and cost (Batselier and Vanhoucke 2017, XSM for cost). */
function smoothed({ periods = [], beta = 0.3 }: CostHistory, left: Exact): Exact | null {
  let ev: Exact | undefined
  let ac: Exact | undefined
  let beforeEv = new Exact(0)
  let beforeAc = new Exact(0)
  const weight = Math.min(1, Math.max(0, beta))
  for (const period of periods) {
    const stepEv = exact(period.ev).minus(beforeEv)
    const stepAc = exact(period.ac).minus(beforeAc)
    ev = ev === undefined ? stepEv : stepEv.times(weight).plus(ev.times(1 - weight))
    ac = ac === undefined ? stepAc : stepAc.times(weight).plus(ac.times(1 - weight))
    beforeEv = exact(period.ev)
    beforeAc = exact(period.ac)
  }
  if (ev === undefined || ac === undefined) return null
  return left.isZero() ? new Exact(0) : amount(left.times(ac), ev)
}
