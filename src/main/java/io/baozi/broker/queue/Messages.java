package io.baozi.broker.queue;

/**
 * Messages in an order: a treap whose nodes are the messages themselves, so that it takes no memory
 * of its own. Both ends are at hand: to add behind the last and to remove the first cost O(1) on
 * average, anything else O(log n). A message is in one such set at a time.
 *
 * <p>After R. Seidel and C. Aragon, "Randomized Search Trees", Algorithmica 16 (1996); what is
 * random there is a hash of the id here, so that a replay builds the same tree.
 */
final class Messages {
  private final Order order;
  private Message root;
  private Message first;
  private Message last;
  private int size;

  Messages(Order order) {
    this.order = order;
  }

  /** The one that is handed out first, null if there is none. */
  Message first() {
    return first;
  }

  /** The one that is handed out last, null if there is none. */
  Message last() {
    return last;
  }

  int size() {
    return size;
  }

  void add(Message message) {
    if (message.in != null) {
      throw new IllegalStateException("message " + message.id() + " is in a set already");
    }
    message.in = this;
    size++;
    if (root == null) {
      root = first = last = message;
    } else if (isBefore(last, message)) {
      hang(message, last, false);
      last = message;
    } else if (isBefore(message, first)) {
      hang(message, first, true);
      first = message;
    } else {
      hangBetween(message);
    }
    while (message.parent != null && isHeavier(message, message.parent)) {
      rotateUp(message);
    }
  }

  void remove(Message message) {
    if (message.in != this) {
      throw new IllegalStateException("message " + message.id() + " is not in this set");
    }
    if (message == first) {
      first = after(message);
    }
    if (message == last) {
      last = before(message);
    }
    while (message.left != null && message.right != null) {
      rotateUp(isHeavier(message.left, message.right) ? message.left : message.right);
    }
    replace(message, message.left == null ? message.right : message.left);
    message.in = null;
    message.parent = null;
    message.left = null;
    message.right = null;
    size--;
  }

  /** The one behind a message of this set, null if it is the last. */
  Message after(Message message) {
    if (message.right != null) {
      return leftmost(message.right);
    }
    Message place = message;
    while (place.parent != null && place.parent.right == place) {
      place = place.parent;
    }
    return place.parent;
  }

  private Message before(Message message) {
    if (message.left != null) {
      return rightmost(message.left);
    }
    Message place = message;
    while (place.parent != null && place.parent.left == place) {
      place = place.parent;
    }
    return place.parent;
  }

  /** The first behind the place that such a message has or would have, null if there is none. */
  Message firstAfter(long priority, long id) {
    Message found = null;
    Message place = root;
    while (place != null) {
      if (order.isBefore(priority, id, place.priority(), place.id())) {
        found = place;
        place = place.left;
      } else {
        place = place.right;
      }
    }
    return found;
  }

  /** The message of this id, null if it is not here; only where the order is by id. */
  Message find(long id) {
    Message place = root;
    while (place != null && place.id() != id) {
      place = order.isBefore(0, id, 0, place.id()) ? place.left : place.right;
    }
    return place;
  }

  private boolean isBefore(Message a, Message b) {
    return order.isBefore(a.priority(), a.id(), b.priority(), b.id());
  }

  private void hangBetween(Message message) {
    Message place = root;
    while (true) {
      boolean left = isBefore(message, place);
      Message next = left ? place.left : place.right;
      if (next == null) {
        hang(message, place, left);
        return;
      }
      place = next;
    }
  }

  private static void hang(Message message, Message parent, boolean left) {
    message.parent = parent;
    if (left) {
      parent.left = message;
    } else {
      parent.right = message;
    }
  }

  /** The child takes its parent's place, the parent becomes its child. */
  private void rotateUp(Message child) {
    Message parent = child.parent;
    replace(parent, child);
    if (child == parent.left) {
      parent.left = child.right;
      if (child.right != null) {
        child.right.parent = parent;
      }
      child.right = parent;
    } else {
      parent.right = child.left;
      if (child.left != null) {
        child.left.parent = parent;
      }
      child.left = parent;
    }
    parent.parent = child;
  }

  /** Puts a node, or nothing, where another hangs. */
  private void replace(Message old, Message young) {
    Message parent = old.parent;
    if (parent == null) {
      root = young;
    } else if (parent.left == old) {
      parent.left = young;
    } else {
      parent.right = young;
    }
    if (young != null) {
      young.parent = parent;
    }
  }

  private static Message leftmost(Message place) {
    Message most = place;
    while (most.left != null) {
      most = most.left;
    }
    return most;
  }

  private static Message rightmost(Message place) {
    Message most = place;
    while (most.right != null) {
      most = most.right;
    }
    return most;
  }

  private static boolean isHeavier(Message a, Message b) {
    return Chance.of(a.id(), 0) > Chance.of(b.id(), 0);
  }
}
