// Making a photo small enough to send from the street; the server redraws it anyway.

const LONG = 2000
const NARROW = 720
const AREA = 4e6
const QUALITY = 0.85

/**
 * Width and height with the long side at most 2000, never larger than they were. A long strip stays legible: its short
 * side keeps 720 as long as it holds no more than 4 million pixels in all.
 */
export function fit(width, height) {
  const strip = Math.min(NARROW / Math.min(width, height), Math.sqrt(AREA / (width * height)))
  const scale = Math.min(1, Math.max(LONG / Math.max(width, height), strip))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** The context of a canvas, white all over: a JPEG has nothing transparent, and would be black there. */
export function whitened(canvas) {
  const context = canvas.getContext('2d', { colorSpace: 'srgb' })
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  return context
}

/** A smaller JPEG of a photo, upright and on white; the file itself where the browser cannot read it or gains nothing. */
export async function shrink(file) {
  const drawn = await draw(file).catch(() => null)
  return drawn && drawn.size < file.size ? drawn : file
}

// Never by an <img>: that one draws what it has of a picture of which half lacks, and the server could not see it.
async function draw(file) {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const canvas = Object.assign(document.createElement('canvas'), fit(picture.width, picture.height))
  whitened(canvas).drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', QUALITY))
}

/** The bytes of a photo, apart from its file, which may go; null where there are none to be read (any more). */
export async function copied(blob) {
  const bytes = await blob.arrayBuffer().catch(() => null)
  return bytes?.byteLength ? new Blob([bytes], { type: blob.type }) : null
}

/** The SHA-256 of a blob in hex; null where the browser has no crypto (plain http on a phone). */
export async function sha256(blob) {
  if (!globalThis.crypto?.subtle) return null
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer())
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
