import { calendarClock, parseMinute } from '@yingzao/engines/schedule'
import { asId, type Id } from '@yingzao/kernel/entity'
import { expect, test } from 'vitest'
import { engineCalendar } from './public.ts'

const id = asId('calendar', '0190f3a0-0000-7000-8000-000000000001')
const usual = '08:00-12:00 13:00-17:00'
const row = {
  id,
  name: '项目部日历',
  parent: null as Id<'calendar'> | null,
  monday: usual,
  tuesday: usual,
  wednesday: usual,
  thursday: usual,
  friday: usual,
  saturday: '',
  sunday: '',
  exceptions: [] as {
    id: Id
    position: number
    name: string
    from_on: `${number}-${number}-${number}`
    to_on: `${number}-${number}-${number}`
    shifts: string | null
  }[],
}
const at = (text: string) => parseMinute(text) ?? 0
function clockOf(change: Partial<typeof row>) {
  const made = engineCalendar({ ...row, ...change })
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  const clock = calendarClock([made.calendar], id)
  if (!clock.ok) throw new Error(clock.error.code)
  return clock.clock
}

test('a calendar record works Monday to Friday', () => {
  expect(clockOf({}).work(at('2026-11-20T08:00'), at('2026-11-24T08:00'))).toBe(960)
})

test('a night shift runs on into the next morning', () => {
  expect(clockOf({ monday: '20:00-04:00', tuesday: '' }).work(at('2026-11-24T00:00'), at('2026-11-25T00:00'))).toBe(240)
})

test("the company's own day says more than the country's holiday", () => {
  const holiday = { name: '元旦', fromDay: 20454, toDay: 20456, shifts: [] } // 2026-01-01…03
  const made = engineCalendar(
    {
      ...row,
      exceptions: [
        { id: asId('x', id), position: 1, name: '抢工', from_on: '2026-01-02', to_on: '2026-01-02', shifts: usual },
      ],
    },
    [holiday],
  )
  expect(made.ok && made.calendar.exceptions.map(({ name, fromDay, toDay }) => [name, fromDay, toDay])).toEqual([
    ['抢工', 20455, 20455],
    ['元旦', 20454, 20454],
    ['元旦', 20456, 20456],
  ])
})

test('what cannot be read is named with its field', () => {
  expect(engineCalendar({ ...row, friday: 'all day' })).toEqual({
    ok: false,
    problems: [{ field: 'friday', text: 'all day' }],
  })
})
