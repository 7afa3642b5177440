// 逾期利率: what the law asks where the parties agreed nothing, by the day it holds from.
import type { Decimal } from '@yingzao/kernel/entity'

/** 保障中小企业款项支付条例 (国务院令728, since 2020-09-01) §15, now §17 (国务院令802, since 2025-06-01): 0.05 % a day. */
const rates: readonly { readonly from: string; readonly daily: Decimal }[] = [{ from: '2020-09-01', daily: '0.0005' }]

/** A day’s interest as a fraction; zero before the law. */
export const lateRateOn = (day: string): Decimal => rates.findLast(({ from }) => from <= day)?.daily ?? '0'
