// A value that its reader sees masked; who may have it whole asks for it by a button, and the history says so.
import { EyeOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import type { FieldMeta } from '@yingzao/kernel/entity'
import { keys, useClient } from '@yingzao/platform/client/react'
import { Button, Tooltip } from 'antd'
import { type ReactNode, useState } from 'react'
import { useSay } from '../data/say.ts'
import { useText } from '../text/language.tsx'
import { text } from './text.ts'

/** The record that shows a value: files open, and masked values are asked for, by its rights. */
export interface Holder {
  readonly entity: string
  readonly id: string
  /** Its `_can`; absent where nothing is asked for. */
  readonly can?: readonly string[]
  /** Its `_masked`: also where the field is plain in other records. */
  readonly masked?: readonly string[]
  /** The line that shows it, and the field that holds the lines. */
  readonly line?: { readonly field: string; readonly id: string }
}

interface Props {
  readonly field: FieldMeta
  readonly of: Holder
  /** As it stands until then. */
  readonly shown: ReactNode
}

export default function Masked({ field, of, shown }: Props): ReactNode {
  const t = useText(text)
  const say = useSay()
  const client = useClient()
  const cache = useQueryClient()
  const [asking, setAsking] = useState(false)
  const [whole, setWhole] = useState<string | null>(null)
  if (whole !== null) return <span className="yz-figure">{whole}</span>
  const ask = async () => {
    setAsking(true)
    try {
      const name = of.line ? `${of.line.field}.${field.name}` : field.name
      setWhole(String((await client.entity(of.entity).unmask(of.id, name, of.line?.id)) ?? ''))
      await cache.invalidateQueries({ queryKey: [...keys.record(of.entity, of.id), 'history'] })
    } catch (error) {
      say.bad(error)
    } finally {
      setAsking(false)
    }
  }
  return (
    <>
      {shown}
      <Tooltip title={t('unmaskTold')}>
        <Button
          type="text"
          size="small"
          className="yz-no-print"
          loading={asking}
          icon={<EyeOutlined aria-hidden="true" />}
          aria-label={t('unmask')}
          onClick={() => void ask()}
        />
      </Tooltip>
    </>
  )
}
