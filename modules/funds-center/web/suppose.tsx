// 情景: what one supposes of collections and a project, beside the base curve.
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button, Select } from 'antd'
import { useId } from 'react'
import { text } from './text.ts'

export interface Supposed {
  readonly chance: number
  readonly late: number
  readonly project: string
  readonly delay: number
}
export const nothing: Supposed = { chance: 100, late: 0, project: '', delay: 0 }
export const isSupposed = ({ chance, late, delay }: Supposed) => chance !== 100 || late !== 0 || delay !== 0
export const asInput = ({ chance, late, project, delay }: Supposed) => ({
  ...(chance === 100 ? {} : { chance: String(chance / 100) }),
  ...(late === 0 ? {} : { late }),
  ...(delay === 0 ? {} : { delay, ...(project === '' ? {} : { project }) }),
})

interface Props {
  readonly of: Supposed
  readonly choose: (next: Supposed) => void
  readonly projects: readonly { readonly project: string; readonly name: string }[]
}

export function Suppose({ of, choose, projects }: Props) {
  const t = useText(text)
  const id = useId()
  const slide = (name: 'chance' | 'late' | 'delay', label: string, max: number, step: number, says: string) => (
    <div>
      <label htmlFor={`${id}${name}`}>
        {label} <output htmlFor={`${id}${name}`}>{says}</output>
      </label>
      <input
        id={`${id}${name}`}
        type="range"
        min={0}
        max={max}
        step={step}
        value={of[name]}
        onChange={event => choose({ ...of, [name]: Number(event.target.value) })}
      />
    </div>
  )
  return (
    <section className="yz-funds-suppose" aria-label={t('suppose')}>
      {slide('chance', t('chance'), 100, 5, `${of.chance}%`)}
      {slide('late', t('late'), 180, 5, t('days', { count: of.late }))}
      {slide('delay', t('delay'), 365, 5, t('days', { count: of.delay }))}
      <div>
        <label htmlFor={`${id}project`}>{t('which')}</label>
        <Select
          id={`${id}project`}
          value={of.project}
          onChange={project => choose({ ...of, project })}
          options={[
            { value: '', label: t('allProjects') },
            ...projects.map(each => ({ value: each.project, label: each.name })),
          ]}
        />
      </div>
      {isSupposed(of) && (
        <div>
          <Button size="small" onClick={() => choose(nothing)}>
            {t('reset')}
          </Button>
        </div>
      )}
    </section>
  )
}
