// What is odd about a report, in words.
import { WarningOutlined } from '@ant-design/icons'
import { useLabel } from '@yingzao/ui/text/language.tsx'
import { fill } from '@yingzao/ui/text/words'
import { type Doubt, type DoubtCode, doubtText } from '../doubt.ts'

const isCode = (value: unknown): value is DoubtCode => typeof value === 'string' && value in doubtText

/** As they come off the wire; what is not understood is left out. */
export function readDoubts(value: unknown): readonly Doubt[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((each: unknown): Doubt[] => {
    if (typeof each !== 'object' || each === null) return []
    const [code, values]: unknown[] = [Reflect.get(each, 'code'), Reflect.get(each, 'values')]
    if (!isCode(code) || typeof values !== 'object' || values === null) return []
    return [{ code, values: Object.fromEntries(Object.entries(values).map(([name, word]) => [name, String(word)])) }]
  })
}

export function Doubts({ doubts }: { doubts: readonly Doubt[] }) {
  const label = useLabel()
  if (doubts.length === 0) return null
  return (
    <ul className="yz-doubts">
      {doubts.map(each => (
        <li key={`${each.code} ${each.values.task ?? ''}`} className="yz-warn">
          <WarningOutlined aria-hidden="true" /> {fill(label(doubtText[each.code]), each.values)}
        </li>
      ))}
    </ul>
  )
}
