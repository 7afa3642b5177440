// The chain of causes, drawn simply: the late task on top, what it pushes below it, the task that is hit at the end.
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { TaskLink } from '../../schedule/web/public.tsx'
import type { Change, DetailStep, SeenDetail } from '../detail.ts'
import { text } from './text.ts'

interface Props {
  readonly detail: SeenDetail
  readonly people: Readonly<Record<string, string>>
  readonly plans: Readonly<Record<string, string>>
}

export function Chain({ detail, people, plans }: Props) {
  const t = useText(text)
  const formats = useFormats()
  const last = detail.chain.length - 1
  return (
    <section className="yz-section">
      <h2>{t('chain')}</h2>
      <p className="yz-soft">{t('chainNote', { date: formats.date(detail.as_of) })}</p>
      <ol className="yz-chain">
        {detail.chain.map((step, at) =>
          'hidden' in step ? (
            <li key={`hidden ${at}`} className="yz-chain-hidden yz-soft">
              {t('hidden')}
            </li>
          ) : (
            <Step
              key={`${step.plan} ${step.task}`}
              step={step}
              role={at === last ? 'hit' : at === 0 ? 'cause' : 'between'}
              detail={detail}
              who={step.responsible === null ? undefined : people[step.responsible]}
              plan={plans[step.plan]}
            />
          ),
        )}
      </ol>
    </section>
  )
}

interface StepProps {
  readonly step: DetailStep
  readonly role: 'cause' | 'between' | 'hit'
  readonly detail: SeenDetail
  readonly who: string | undefined
  readonly plan: string | undefined
}

function Step({ step, role, detail, who, plan }: StepProps) {
  const t = useText(text)
  const { link } = step
  return (
    <li className={`yz-chain-${role}`}>
      {link && (
        <div className="yz-chain-link yz-faint yz-figure">
          {link.type}
          {link.lag_days !== 0 && <> · {t('lagOf', { days: link.lag_days })}</>}
          {link.crosses && <span className="yz-tag yz-tag-info">{t('crosses')}</span>}
          {step.absorbed_days > 0 && <> · {t('absorbed', { days: step.absorbed_days })}</>}
        </div>
      )}
      <div className="yz-chain-task">
        <div className="yz-chain-name">
          {role !== 'between' && (
            <span className={`yz-tag yz-tag-${role === 'cause' ? 'warn' : 'bad'}`}>{t(role)}</span>
          )}
          <TaskLink plan={step.plan} task={step.task}>
            {step.name}
          </TaskLink>
          {role === 'cause' && detail.reason && (
            <span className="yz-bad">
              {t('lateBy', { days: detail.late_days ?? 0 })} · {t(detail.reason)}
            </span>
          )}
        </div>
        <div className="yz-faint yz-chain-where">
          {[plan, who].filter(Boolean).join(' · ')}
          {plan || who ? ' · ' : ''}
          {step.float_days > 0
            ? t('floatLeft', { days: step.float_days })
            : step.float_days < 0
              ? t('floatShort', { days: -step.float_days })
              : t('noFloat')}
        </div>
        <dl className="yz-chain-dates yz-figure">
          {isMoment(step) ? (
            <Dates name={t('on')} change={step.finish} />
          ) : (
            <>
              <Dates name={t('startOf')} change={step.start} />
              <Dates name={t('finishOf')} change={step.finish} />
            </>
          )}
        </dl>
      </div>
    </li>
  )
}

const isMoment = ({ start, finish }: DetailStep): boolean => start.was === finish.was && start.will === finish.will

export function Dates({ name, change: { was, will } }: { name: string; change: Change }) {
  const formats = useFormats()
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {was === will ? (
          formats.date(will)
        ) : (
          <>
            <span className="yz-faint">{formats.date(was)}</span> <span aria-hidden="true">→</span>{' '}
            <strong>{formats.date(will)}</strong>
          </>
        )}
      </dd>
    </div>
  )
}
