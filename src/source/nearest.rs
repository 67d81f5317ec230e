//! How much names look alike, and the one that was probably meant.

/// The candidate that was probably meant by a name that none bears, for `did you mean …?`: of labels, types, keys,
/// functions, commands.
///
/// The nearest wins, of equally near ones the first. Upper and lower case do not count. One change is forgiven for
/// every three characters, and at least one, but never all of the characters.
///
/// # Examples
///
/// ```
/// use tupu::source::nearest_name;
///
/// assert_eq!(nearest_name(["FOCUSES_ON", "LOCATED_IN"], "LOCATE_IN"), Some("LOCATED_IN"));
/// assert_eq!(nearest_name(["FOCUSES_ON", "LOCATED_IN"], "PART_OF"), None);
/// ```
///
/// # Complexity
///
/// For each candidate of a similar length, the product of the two lengths.
pub fn nearest_name<'a>(
    candidates: impl IntoIterator<Item = &'a str>,
    wanted: &str,
) -> Option<&'a str> {
    let wanted: Vec<char> = wanted.chars().flat_map(char::to_lowercase).collect();
    let mut nearest = None;
    let mut most_changes = (wanted.len() / 3)
        .max(1)
        .min(wanted.len().saturating_sub(1));
    for name in candidates {
        let candidate: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
        if candidate.len().abs_diff(wanted.len()) > most_changes {
            continue;
        }
        let changes = distance(&wanted, &candidate);
        if changes == 0 {
            return Some(name);
        }
        if changes <= most_changes && changes < candidate.len() {
            most_changes = changes - 1;
            nearest = Some(name);
        }
    }
    nearest
}

/// How many characters have to be put in, taken out, replaced or swapped with their neighbour to turn one name into
/// the other.
pub(crate) fn distance(left: &[char], right: &[char]) -> usize {
    let mut before_last = vec![0; right.len() + 1];
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, left_character) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, right_character) in right.iter().enumerate() {
            let replaced = last[column] + usize::from(left_character != right_character);
            let mut fewest = replaced.min(last[column + 1] + 1).min(current[column] + 1);
            let is_swapped = row > 0
                && column > 0
                && left[row - 1] == *right_character
                && right[column - 1] == *left_character;
            if is_swapped {
                fewest = fewest.min(before_last[column - 1] + 1);
            }
            current.push(fewest);
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last[right.len()]
}

/// How many characters two names have in common, wherever they stand.
pub(crate) fn shared_characters(left: &[char], right: &[char]) -> usize {
    let mut rest = right.to_vec();
    let is_shared = |character: &&char| match rest.iter().position(|other| other == *character) {
        Some(position) => {
            rest.swap_remove(position);
            true
        }
        None => false,
    };
    left.iter().filter(is_shared).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        let check = |left: &str, right: &str, expected: usize| {
            let [left, right] = [left, right].map(|text| text.chars().collect::<Vec<_>>());
            assert_eq!(distance(&left, &right), expected);
            assert_eq!(distance(&right, &left), expected);
        };
        check("", "", 0);
        check("", "坪山", 2);
        check("坪山区", "平山区", 1);
        check("abcd", "abdc", 1);
        check("abcd", "badc", 2);
        check("kitten", "sitting", 3);
    }

    #[test]
    fn the_nearest_is_meant() {
        let labels = ["District", "Enterprise", "企业", "产业", "A"];
        let check = |wanted: &str, expected: Option<&str>| {
            assert_eq!(nearest_name(labels, wanted), expected);
        };
        check("district", Some("District"));
        check("Distrcit", Some("District"));
        check("Enterprices", Some("Enterprise"));
        check("实业", Some("企业"));
        check("公司", None);
        check("B", None);
        check("a", Some("A"));
        check("", None);
        check("Dstrctt", None);
    }
}
