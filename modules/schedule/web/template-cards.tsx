// What a plan can begin with: nothing, or one of the templates; the numbers it asks for stand under the chosen one.
import type { PlanTemplate } from '@yingzao/engines/plan-template'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Radio } from 'antd'
import { useId } from 'react'
import { type Counts, TemplateCounts } from './template-counts.tsx'
import { text } from './template-text.ts'
import './template.css'

export interface TemplateRow {
  readonly id: string
  readonly name: string
  readonly project_type: string
  readonly task_count: number | null
  readonly work_days: number | null
  readonly description: string | null
}

interface Props {
  readonly templates: readonly TemplateRow[]
  /** The project's; its templates are marked. */
  readonly type: string | null
  /** Empty = begin with nothing. */
  readonly chosen: string
  readonly template: PlanTemplate | null | undefined
  readonly counts: Counts
  readonly onChoose: (id: string) => void
  readonly onCounts: (counts: Counts) => void
  /** A plan that exists is not begun with nothing. */
  readonly withoutBlank?: boolean
}

export function TemplateCards(props: Props) {
  const { templates, type, chosen, template, counts, onChoose, onCounts, withoutBlank = false } = props
  const t = useText(text)
  const label = useLabel()
  const heading = useId()
  const field = entityOf(useMeta(), 'plan_template')?.fields.find(each => each.name === 'project_type')
  const typeName = (value: string) => {
    const option = field?.kind === 'choice' ? field.options[value] : undefined
    return option ? label(option) : value
  }
  return (
    <section className="yz-section">
      <h2 id={heading}>{t(withoutBlank ? 'template' : 'beginWith')}</h2>
      <Radio.Group
        aria-labelledby={heading}
        className="yz-template-cards"
        value={chosen}
        onChange={event => onChoose(String(event.target.value))}
      >
        {!withoutBlank && (
          <Radio value="" className="yz-template-card">
            <strong>{t('blank')}</strong>
            <span className="yz-soft yz-block">{t('blankNote')}</span>
          </Radio>
        )}
        {templates.map(each => (
          <div key={each.id} className="yz-template-choice" data-chosen={each.id === chosen}>
            <Radio value={each.id} className="yz-template-card">
              <span className="yz-template-name">
                <strong>{each.name}</strong>
                <span className={each.project_type === type ? 'yz-tag yz-tag-good' : 'yz-tag yz-tag-neutral'}>
                  {each.project_type === type ? t('suits') : typeName(each.project_type)}
                </span>
              </span>
              <span className="yz-soft yz-block yz-figure">
                {t('size', { tasks: each.task_count ?? 0, days: each.work_days ?? 0 })}
              </span>
              {each.description && <span className="yz-soft yz-block">{each.description}</span>}
            </Radio>
            {each.id === chosen && template && (
              <TemplateCounts template={template} counts={counts} onChange={onCounts} />
            )}
            {each.id === chosen && template === null && <Alert type="error" title={t('broken')} />}
          </div>
        ))}
      </Radio.Group>
      {templates.length === 0 && <p className="yz-soft">{t('noTemplates')}</p>}
    </section>
  )
}
