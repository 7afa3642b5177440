// What a list says when it has nothing to show: why, and what to do.
import type { EntityMeta } from '@yingzao/kernel/entity'
import { Button } from 'antd'
import { Waiting } from '../shell/notice.tsx'
import { useLabel, useText } from '../text/language.tsx'
import { text } from './text.ts'

interface Props {
  readonly entity: EntityMeta
  readonly pending: boolean
  readonly narrowed: boolean
  readonly bin: boolean
  readonly onClear: () => void
  readonly onCreate: (() => void) | undefined
  readonly onImport: (() => void) | undefined
}

export function EmptyList({ entity, pending, narrowed, bin, onClear, onCreate, onImport }: Props) {
  const t = useText(text)
  const label = useLabel()
  if (pending) return <Waiting />
  const name = label(entity.label)
  const [title, hint] = narrowed
    ? [t('emptyFiltered'), t('emptyFilteredHint')]
    : bin
      ? [t('emptyBin'), t('emptyBinHint')]
      : [t('emptyTitle', { name }), onCreate ? t('emptyCreate') : t('emptyRead')]
  return (
    <div className="yz-notice yz-empty-list">
      <h2>{title}</h2>
      <p className="yz-soft">{hint}</p>
      <div className="yz-flex">
        {narrowed && <Button onClick={onClear}>{t('clearFilters')}</Button>}
        {!narrowed && !bin && onCreate && (
          <Button type="primary" onClick={onCreate}>
            {t('createOf', { name })}
          </Button>
        )}
        {!narrowed && !bin && onImport && <Button onClick={onImport}>{t('import')}</Button>}
      </div>
    </div>
  )
}
