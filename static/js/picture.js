// Making a photo small enough to send from the street; the server redraws it anyway.

export const LONGEST = 2000
const QUALITY = 0.85

/** Width and height with the long side at most `longest`, never larger than they were. */
export function fit(width, height, longest = LONGEST) {
  const scale = Math.min(1, longest / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** A smaller JPEG of a photo, upright; the file itself where the browser cannot read it or gains nothing. */
export async function shrink(file) {
  const drawn = await draw(file).catch(() => null)
  return drawn && drawn.size < file.size ? drawn : file
}

async function draw(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const canvas = Object.assign(document.createElement('canvas'), fit(bitmap.width, bitmap.height))
  canvas.getContext('2d', { colorSpace: 'srgb' }).drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', QUALITY))
}

/** The SHA-256 of a blob in hex; null where the browser has no crypto (plain http on a phone). */
export async function sha256(blob) {
  if (!globalThis.crypto?.subtle) return null
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer())
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
