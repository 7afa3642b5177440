// What every drawing offers: a picture, a drawing for other programs, and paper. The same words and order as in the Gantt.
import { ExportOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useSay } from '../data/say.ts'
import { useText } from '../text/language.tsx'
import { words } from '../text/words.ts'
import { MOST_PICTURES, MOST_SHEETS, type PaperSize } from './size.ts'

const text = words({
  export: { zh: '导出', en: 'Export' },
  picture: { zh: '整图 PNG', en: 'Whole as PNG' },
  drawing: { zh: '整图 SVG', en: 'Whole as SVG' },
  print: { zh: '打印或存为 PDF，{size} 横向', en: 'Print or PDF, {size} landscape' },
  tooManySheets: {
    zh: '将有 {count} 张纸，最多 {most} 张：请改用 A3，或导出 SVG',
    en: 'That would be {count} sheets, {most} at most: take A3, or export as SVG',
  },
  tooManyPictures: {
    zh: '将有 {count} 张图片，最多 {most} 张：请导出 SVG',
    en: 'That would be {count} pictures, {most} at most: export as SVG',
  },
  failed: {
    zh: '浏览器画不出这么大的图片：请导出 SVG，或打印存为 PDF',
    en: 'The browser cannot draw a picture of this size: export as SVG, or print to PDF',
  },
})

export interface PaperMenuProps {
  /** Saves the picture; a number is how many pictures that would be when they are too many. */
  readonly picture: () => Promise<number | undefined>
  readonly drawing: () => void
  /** Prints; a number is how many sheets that would be when they are too many. */
  readonly print: (size: PaperSize) => number | undefined
}

export function PaperMenu({ picture, drawing, print }: PaperMenuProps) {
  const t = useText(text)
  const say = useSay()
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      const many = await picture()
      if (many !== undefined) say.info(t('tooManyPictures', { count: many, most: MOST_PICTURES }))
    } catch {
      say.info(t('failed'))
    } finally {
      setBusy(false)
    }
  }
  const onPaper = (size: PaperSize) => {
    const many = print(size)
    if (many !== undefined) say.info(t('tooManySheets', { count: many, most: MOST_SHEETS }))
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'picture', label: t('picture'), onClick: () => void save() },
          { key: 'drawing', label: t('drawing'), onClick: drawing },
          { type: 'divider' },
          ...(['A3', 'A4'] as const).map(size => ({
            key: size,
            label: t('print', { size }),
            onClick: () => onPaper(size),
          })),
        ],
      }}
    >
      <Button className="yz-no-print" loading={busy} icon={<ExportOutlined aria-hidden="true" />}>
        {t('export')}
      </Button>
    </Dropdown>
  )
}
