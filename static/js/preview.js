// The photo that was chosen, as a picture on the page.

/** Show a photo (or none) in a figure, `unseen` where the browser cannot; `onSeen` is called once it turns out that it can. */
export function preview(figure, photo, alt, unseen, onSeen = () => {}) {
  URL.revokeObjectURL(figure.querySelector('img')?.src)
  figure.replaceChildren()
  if (!photo) return
  const image = Object.assign(new Image(), { src: URL.createObjectURL(photo.blob), alt })
  image.addEventListener('load', onSeen)
  image.addEventListener('error', () => image.isConnected && figure.replaceChildren(unseen))
  figure.append(image)
}
