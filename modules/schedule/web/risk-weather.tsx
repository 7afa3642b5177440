// Days that weather takes, month by month: as a climate table says them.
import type { Plan } from '@yingzao/engines/schedule/plan'
import { newId } from '@yingzao/platform/client'
import { useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Input, InputNumber, Select } from 'antd'
import { useMemo } from 'react'
import { DAYS_OF_MONTH, type RiskWeather } from '../risk-part.ts'
import { Labelled, replaced, without } from './risk-cells.tsx'
import { TaskPicker, usePickOptions } from './risk-picker.tsx'
import { text } from './risk-text.ts'

export const newWeather = (): RiskWeather => ({
  ...{ id: newId(), name: '', calendar: '', lostDays: new Array<number>(12).fill(0), spells: 30, picks: [] },
})

export function Weathers({
  plan,
  rows,
  onChange,
}: {
  plan: Plan
  rows: readonly RiskWeather[]
  onChange: (rows: readonly RiskWeather[]) => void
}) {
  const t = useText(text)
  const { lang } = useLanguage()
  const options = usePickOptions(plan)
  const months = useMemo(() => {
    const format = new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en', { month: 'short', timeZone: 'UTC' })
    return DAYS_OF_MONTH.map((_, month) => format.format(new Date(Date.UTC(2026, month, 1))))
  }, [lang])
  const calendars = [
    { value: '', label: t('planCalendar') },
    ...plan.calendars.flatMap(({ id, name, resourceOwned }) => (resourceOwned ? [] : [{ value: id, label: name }])),
  ]
  return rows.map((row, at) => {
    const change = (patch: Partial<RiskWeather>) => onChange(replaced(rows, at, patch))
    return (
      <div key={row.id} className="yz-stack yz-risk-branch">
        <div className="yz-risk-row">
          <Labelled label={t('weatherName')}>
            <Input
              size="small"
              className="yz-risk-unit"
              aria-label={t('weatherName')}
              maxLength={200}
              value={row.name}
              onChange={event => change({ name: event.target.value })}
            />
          </Labelled>
          <Labelled label={t('weatherCalendar')}>
            <Select
              size="small"
              className="yz-risk-unit"
              aria-label={t('weatherCalendar')}
              value={row.calendar}
              options={calendars}
              onChange={calendar => change({ calendar })}
            />
          </Labelled>
          <Labelled label={t('weatherTasks')}>
            <TaskPicker
              options={options}
              picks={row.picks}
              empty={t('allOfCalendar')}
              onChange={picks => change({ picks })}
            />
          </Labelled>
          <Labelled label={t('spells')}>
            <InputNumber
              size="small"
              className="yz-risk-number"
              aria-label={t('spells')}
              {...{ min: 0, max: 95, suffix: '%' }}
              value={row.spells}
              onChange={value => typeof value === 'number' && change({ spells: value })}
            />
          </Labelled>
        </div>
        <fieldset className="yz-risk-months">
          <legend className="yz-hint yz-faint">{t('lostDays')}</legend>
          {row.lostDays.map((days, month) => (
            <Labelled key={months[month]} label={months[month] ?? ''}>
              <InputNumber
                size="small"
                aria-label={t('lostIn', { month: months[month] ?? '' })}
                {...{ min: 0, max: DAYS_OF_MONTH[month] ?? 31 }}
                value={days}
                onChange={value =>
                  typeof value === 'number' &&
                  change({ lostDays: row.lostDays.map((each, i) => (i === month ? value : each)) })
                }
              />
            </Labelled>
          ))}
        </fieldset>
        <div>
          <Button size="small" onClick={() => onChange(without(rows, at))}>
            {t('removeWeather')}
          </Button>
        </div>
      </div>
    )
  })
}
