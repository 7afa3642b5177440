// What people read when a file is refused.
import type { Label } from '@yingzao/kernel/entity'

export const fileMessages: Readonly<Record<string, Label>> = {
  'file.too_large': {
    zh: '文件超过 {limit} 字节的上限，请压缩或拆分后再上传',
    en: 'The file exceeds the limit of {limit} bytes: compress or split it',
  },
  'file.empty': { zh: '文件是空的，请重新选择', en: 'The file is empty: choose another' },
  'file.missing': {
    zh: '请求中没有文件，请以 multipart/form-data 的 file 字段上传',
    en: 'There is no file in the request: send it as the field "file" of multipart/form-data',
  },
  'file.cut': { zh: '上传中断，请重新上传', en: 'The upload was cut off: upload it again' },
  'file.not_image': {
    zh: '{name} 的内容不是图片，请检查文件',
    en: '{name} is not a picture inside: check the file',
  },
  'file.no_thumbnail': {
    zh: '此文件没有缩略图，请直接下载',
    en: 'There is no thumbnail of this file: download the file itself',
  },
  'file.unknown': {
    zh: '文件不存在或不是由您上传，请重新上传后再保存',
    en: 'The file does not exist or was uploaded by somebody else: upload it again, then save',
  },
  'file.too_many': { zh: '最多 {max} 个文件', en: 'At most {max} files' },
}
