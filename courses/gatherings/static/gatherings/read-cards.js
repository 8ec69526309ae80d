// Which card stands where in a picture, and which letter is on top. AR and CV come from js-aruco2.
const NAME = "ANSWER_CARDS";
const SMALLEST = 2; // fewer misread fields than this are mended

const WIDTH = 2560; // a marker must be about 50 pixels wide; small frames are enlarged

export function frameOf(video, canvas) {
  canvas.width = WIDTH;
  canvas.height = Math.round((video.videoHeight * WIDTH) / video.videoWidth);
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  paper.drawImage(video, 0, 0, canvas.width, canvas.height);
  return paper.getImageData(0, 0, canvas.width, canvas.height);
}

export function cardReader(AR, codes) {
  AR.DICTIONARIES[NAME] = { nBits: 25, tau: SMALLEST, codeList: codes };
  const detector = new AR.Detector({ dictionaryName: NAME, maxHammingDistance: SMALLEST });
  // [{card, letter, corners}] for an ImageData.
  return (image) => detector.detect(image).map(({ id, corners }) => ({ card: id + 1, letter: letterOnTop(corners), corners }));
}

// The first corner is the marker's own upper left one. Turned to the left by a quarter, its right side (B) is on top.
export function letterOnTop(corners) {
  const across = Math.atan2(corners[1].y - corners[0].y, corners[1].x - corners[0].x);
  return "ABCD"[(4 - Math.round(across / (Math.PI / 2))) % 4];
}

// A letter counts when a card was read the same in two pictures running.
export function steady() {
  let before = new Map();
  return (found) => {
    const now = new Map(found.map((one) => [one.card, one.letter]));
    const sure = [...now].filter(([card, letter]) => before.get(card) === letter);
    before = now;
    return sure;
  };
}
