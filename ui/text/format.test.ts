// Numbers, money, days and durations read as people here write them.
import { describe, expect, test } from 'vitest'
import { formats, isNegative } from './format.ts'

const zh = formats('zh')
const en = formats('en')

describe('money', () => {
  test('has thousands and two places, exactly, beyond what a float holds', () => {
    expect(zh.money('12345678.9')).toBe('12,345,678.90')
    expect(zh.money('90071992547409931.11')).toBe('90,071,992,547,409,931.11')
  })
  test('shows a true minus, and nothing is a dash while zero is zero', () => {
    expect(zh.money('-1234')).toBe('−1,234.00')
    expect([zh.money(null), zh.money(undefined), zh.money(''), zh.money('0')]).toEqual(['—', '—', '—', '0.00'])
  })
  test('in 万 is rounded once from the exact amount', () => {
    expect(zh.moneyShort('12345678.90')).toBe('1,234.57万')
    expect(en.moneyShort('12345678.90')).toBe('12,345.7k')
  })
  test('is negative below zero only', () => {
    expect([isNegative('-0.01'), isNegative('-0.00'), isNegative('0'), isNegative(-1), isNegative(null)]).toEqual([
      true,
      false,
      false,
      true,
      false,
    ])
  })
})

test('a quantity loses its empty places, a share has two', () => {
  expect(zh.number('2.5000')).toBe('2.5')
  expect(zh.number('1234.5678', 2)).toBe('1,234.57')
  expect(zh.percent('0.0912')).toBe('9.12%')
  expect(zh.percent('-0.0222')).toBe('−2.22%')
})

test('a day is ISO, a month is 年月 in Chinese', () => {
  expect(zh.date('2025-09-30')).toBe('2025-09-30')
  expect([zh.month('2025-09-30'), en.month('2025-09-30')]).toEqual(['2025年09月', '2025-09'])
})

test('a duration is days of eight hours, hours and minutes', () => {
  expect(zh.duration(510)).toBe('1 天 30 分')
  expect(en.duration(4 * 480 + 240)).toBe('4 d 4 h')
  expect([zh.duration(0), zh.duration(-60), zh.duration(null)]).toEqual(['0 天', '−1 小时', '—'])
})

test('what just happened is told in words, what is long ago by its day', () => {
  const now = Date.parse('2026-11-21T12:00:00Z')
  expect(en.ago('2026-11-21T11:57:00Z', now)).toBe('3 minutes ago')
  expect(zh.ago('2026-11-20T12:00:00Z', now)).toBe('昨天')
  expect(en.ago('2026-01-05T12:00:00Z', now)).toBe('2026-01-05')
})
